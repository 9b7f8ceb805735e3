package dev.kalends.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Days left out are sorted and merged, so that the same days are equal however they were named. */
final class ExcludedDaysTest {
    @Test
    void mergesWhatTouchesOrOverlaps() {
        ExcludedDays days = new ExcludedDays.Builder()
                .dates(30, 31)
                .dates(10, 20)
                .dates(21, 21)
                .dates(12, 15)
                .dates(40, 40)
                .dates(40, 40)
                .build();
        assertEquals(3, days.ranges());
        assertEquals(10, days.from(0));
        assertEquals(21, days.through(0));
        assertEquals(15, days.dates());
        assertEquals(
                days,
                new ExcludedDays.Builder()
                        .dates(40, 40)
                        .dates(10, 21)
                        .dates(30, 31)
                        .build());
        assertEquals(0, days.rangeEndingFrom(21));
        assertEquals(1, days.rangeEndingFrom(22));
        assertEquals(3, days.rangeEndingFrom(41));
    }

    @Test
    void keepsDaysOfEveryYear() {
        ExcludedDays days =
                new ExcludedDays.Builder().everyYear(2, 29).everyYear(12, 25).build();
        assertTrue(days.everyYear());
        assertEquals(2, days.daysAYear());
        assertEquals(1 << 29, days.everyYear(2));
        assertNotEquals(days, new ExcludedDays.Builder().everyYear(12, 25).build());
        assertTrue(ExcludedDays.NONE.isEmpty());
    }

    @Test
    void refusesWhatIsNoDay() {
        ExcludedDays.Builder days = new ExcludedDays.Builder();
        assertThrows(IllegalArgumentException.class, () -> days.dates(5, 4));
        assertThrows(IllegalArgumentException.class, () -> days.dates(-1, 4));
        assertThrows(IllegalArgumentException.class, () -> days.dates(5, 2_932_897));
        assertThrows(IllegalArgumentException.class, () -> days.everyYear(2, 30));
        assertThrows(IllegalArgumentException.class, () -> days.everyYear(13, 1));
    }

    @Test
    void onlyWhatRecursHasDaysToLeaveOut() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Schedule.Except(new Schedule.Once(5), ExcludedDays.NONE, ZoneOffset.UTC));
        assertTrue(new Schedule.Except(new Schedule.Every(5, 0), ExcludedDays.NONE, ZoneOffset.UTC).repeats());
    }
}
