package dev.kalends.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.TerminalFacts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns line up, wide characters too, and a table never outgrows its terminal. */
final class TableTest {
    @Test
    void alignsWideCharactersAndNumbers() {
        assertEquals("""
                NAME     N   STATE
                日本     1   ready
                plain   23   dead
                """, print(80));
    }

    @Test
    void cutsTheWidestColumnToFit() {
        Table table = new Table(List.of("NAME", "ID"), List.of(Column.Fit.CUT, Column.Fit.FIXED));
        table.add(List.of(Cell.of("a-very-long-name-indeed"), Cell.of("0123456789abc")));
        assertEquals("NAME           ID\na-very-long…   0123456789abc\n", print(table, 28));
    }

    @Test
    void coloursOnlyWhereWanted() {
        Table table = new Table(List.of("STATE"), List.of(Column.Fit.FIXED));
        table.add(List.of(Cell.state("dead")));
        assertTrue(print(table, new TerminalFacts(true, true, true, 80, false)).contains("\u001b[31mdead\u001b[0m"));
        assertTrue(print(table, 80).contains("dead\n"));
    }

    private static String print(int width) {
        Table table =
                new Table(List.of("NAME", "N", "STATE"), List.of(Column.Fit.CUT, Column.Fit.NUMBER, Column.Fit.FIXED));
        table.add(List.of(Cell.of("日本"), Cell.of(1), Cell.state("ready")));
        table.add(List.of(Cell.of("plain"), Cell.of(23), Cell.state("dead")));
        return print(table, width);
    }

    private static String print(Table table, int width) {
        return print(table, new TerminalFacts(true, true, true, width, true));
    }

    private static String print(Table table, TerminalFacts terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Printer printer = new Printer(bytes);
        table.print(printer, terminal);
        printer.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
