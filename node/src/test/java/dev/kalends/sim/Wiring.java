package dev.kalends.sim;

import java.util.Random;

/** What every part of a history holds on to. */
record Wiring(Timeline timeline, Faults faults, Random random, PlantedBug bug, Network network) {}
