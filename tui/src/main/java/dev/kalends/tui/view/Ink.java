package dev.kalends.tui.view;

/** The colours of the console: of the sixteen that every terminal has, none that carries a meaning alone. */
public enum Ink {
    PLAIN,
    DIM,
    BLUE,
    ORANGE,
    CYAN
}
