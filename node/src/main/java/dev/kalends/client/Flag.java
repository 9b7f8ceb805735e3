package dev.kalends.client;

/** A switch of a request. */
public enum Flag {
    OFF,
    ON
}
