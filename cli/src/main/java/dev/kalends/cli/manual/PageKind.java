package dev.kalends.cli.manual;

/** Where a page stands in the manual. */
enum PageKind {
    COMMAND("1"),
    DAEMON("8");

    private final String section;

    PageKind(String section) {
        this.section = section;
    }

    String section() {
        return section;
    }

    static PageKind of(String word) {
        return word.equals("node") || word.equals("worker") ? DAEMON : COMMAND;
    }
}
