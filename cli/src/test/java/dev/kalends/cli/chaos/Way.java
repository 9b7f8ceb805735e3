package dev.kalends.cli.chaos;

/** The way between a node and somebody else, which can be cut without either side being told. */
interface Way {
    /** Nothing passes. */
    void cut();

    /** What the node asks arrives; what it is answered does not. */
    void holdAnswers();

    void heal();
}
