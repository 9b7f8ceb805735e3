package dev.kalends.need;

import java.util.List;

/**
 * What was seen at one look.
 *
 * @param whole false when only the leaders could be judged: of everything else it says nothing
 */
public record Sight(List<Need> needs, boolean whole) {
    public Sight {
        needs = List.copyOf(needs);
    }
}
