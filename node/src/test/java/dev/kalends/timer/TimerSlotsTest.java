package dev.kalends.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TimerSlotsTest {
    private static final int SLOTS = 64;
    private static final int ELSEWHERE = 63;

    private final TimerBlocks ids = new TimerBlocks();
    private final TimerSlots slots = new TimerSlots(ids, new TimerChunks(), SLOTS);

    private int add(int slot, int block) {
        int id = ids.give(block);
        slots.append(slot, TimerChunks.key(id, slot), id);
        return id;
    }

    private void cancel(int id) {
        assertTrue(ids.cancel(ids.handle(id)));
    }

    /** The sweep is at a slot's second chunk when the one timer in it is taken back, and the chunk goes to another. */
    @Test
    void aSweepDoesNotGoOnInAChunkThatIsAnotherSlotsByNow() {
        int[] near = new int[TimerChunks.ENTRIES + 1];
        int block = ids.take(10);
        for (int i = 0; i < near.length; i++) {
            block = ids.isFull(block) ? ids.take(10) : block;
            near[i] = add(10, block);
        }
        for (int i = 0; i < TimerChunks.ENTRIES; i++) {
            cancel(near[i]);
        }
        assertEquals(TimerChunks.ENTRIES, slots.sweep(ELSEWHERE));
        cancel(near[TimerChunks.ENTRIES]);
        assertTrue(slots.takeBack(10, near[TimerChunks.ENTRIES]));
        assertEquals(-1, slots.next(0, SLOTS));
        ids.release(near[TimerChunks.ENTRIES]);

        cancel(add(20, ids.take(20)));
        assertEquals(1, slots.sweep(ELSEWHERE));
        assertEquals(-1, slots.next(0, SLOTS), "the slot was emptied by its own sweep");
    }

    /** The sweep is at a slot's second chunk when the cursor goes back and the slot is hung into another. */
    @Test
    void aSweepDoesNotGoOnInASlotThatWasJoinedToAnother() {
        long cursorMs = 1 << 16;
        TimerLevels late = new TimerLevels(ids, new TimerChunks(), cursorMs, false);
        long[] handles = new long[TimerChunks.ENTRIES + 1];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = late.add(cursorMs + 5, i);
        }
        assertTrue(ids.cancel(handles[0]));
        assertTrue(late.sweep());
        late.rewind(cursorMs - 300);
        assertTrue(ids.cancel(handles[TimerChunks.ENTRIES]));
        assertTrue(late.sweep());
        late.add(cursorMs + 5, handles.length);
        int left = 0;
        while (late.seek(cursorMs + 5)) {
            left += ids.release(late.take()) ? 1 : 0;
        }
        assertEquals(handles.length - 2 + 1, left);
        assertTrue(late.isEmpty());
    }

    @Test
    void onlyWhatCameLatelyIsTakenBack() {
        int block = ids.take(10);
        int first = add(10, block);
        for (int i = 0; i < 4; i++) {
            add(10, block);
        }
        int last = add(10, block);
        assertFalse(slots.takeBack(10, first), "too long ago");
        assertTrue(slots.takeBack(10, last));
        assertFalse(slots.takeBack(10, last), "it is gone");
        assertFalse(slots.takeBack(11, first), "an empty slot has none");
    }
}
