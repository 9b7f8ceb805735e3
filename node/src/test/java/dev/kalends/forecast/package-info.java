/** Tests of forecasts; start reading at {@link dev.kalends.forecast.ForecastTest}, which counts everything twice. */
@NullMarked
package dev.kalends.forecast;

import org.jspecify.annotations.NullMarked;
