package dev.kalends.cli.bench;

import java.io.IOException;

/** One thing to measure. */
sealed interface Scenario
        permits SubmitScenario,
                OpenSubmitScenario,
                HerdScenario,
                SteadyScenario,
                BacklogScenario,
                RestartScenario,
                EnduranceScenario {
    /** Measures once. */
    Report run(Bench bench) throws IOException, InterruptedException;
}
