package dev.kalends.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys out of what terminals send. {@code |} in a text stands for a pause longer than the wait after Esc. */
final class KeyReaderTest {
    private static List<String> keys(String sent) throws IOException {
        int[] at = {0};
        KeyReader reader = new KeyReader(waitMs -> {
            if (at[0] == sent.length()) {
                return KeyReader.END;
            }
            char c = sent.charAt(at[0]);
            if (c == '|') {
                at[0]++;
                return waitMs == 0 ? sent.charAt(at[0]++) : KeyReader.NOTHING;
            }
            at[0]++;
            return c;
        });
        List<String> keys = new ArrayList<>();
        while (true) {
            var key = reader.next();
            if (key.isPresent() && key.get().equals("End-Of-Input")) {
                return keys;
            }
            key.ifPresent(keys::add);
        }
    }

    @Test
    void namesTheKeys() throws IOException {
        assertEquals(List.of("a", "Enter", "Tab", "Space", "Backspace", "Ctrl-C"), keys("a\r\t \u007f\u0003"));
        assertEquals(List.of("Up", "Down", "Right", "Left"), keys("\u001b[A\u001b[B\u001bOC\u001bOD"));
        assertEquals(List.of("Home", "End", "PgUp", "PgDn", "F1"), keys("\u001b[H\u001b[4~\u001b[5~\u001b[6~\u001bOP"));
    }

    @Test
    void aLoneEscIsAKeyAfterAWhile() throws IOException {
        assertEquals(List.of("Esc", "["), keys("\u001b|["));
        assertEquals(List.of("Esc", "q"), keys("\u001b|q"));
        assertEquals(List.of("Esc"), keys("\u001b"));
    }

    @Test
    void unknownSequencesAreSwallowedWhole() throws IOException {
        assertEquals(List.of("q"), keys("\u001b[200~\u001b[1;5A\u001b[<0;3;4Mq"));
        assertEquals(List.of("q"), keys("\u001bxq"), "Alt with a key");
    }

    @Test
    void charactersOutsideThePlaneAreOne() throws IOException {
        assertEquals(List.of("😀", "日", "q"), keys("😀日q"));
    }
}
