/** Tests of verdicts; start reading at {@link dev.kalends.verdict.JudgeTest}, which has an example of each. */
@NullMarked
package dev.kalends.verdict;

import org.jspecify.annotations.NullMarked;
