package dev.kalends.worker;

import dev.kalends.api.Grant;

/** One attempt as its executor sees it: what to do, where output goes, when to stop. */
record Execution(Grant grant, OutputTail output, StopSignal stop) {}
