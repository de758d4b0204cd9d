package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The signal itself is sent in {@link CompareIT}; here the hook is called directly. */
final class GracefulEndTest {

    @Test
    void taskThatRunsIsInterrupted() throws Exception {
        try (GracefulEnd end = new GracefulEnd()) {
            Thread hook = new Thread(end::shutdown);

            assertThrows(
                    InterruptedException.class,
                    () -> end.interruptibly(() -> {
                        hook.start();
                        Thread.sleep(60_000);
                        return "slept";
                    }));
        }
    }

    @Test
    void noTaskStartsAfterTheRunWasToldToEnd() throws Exception {
        GracefulEnd end = new GracefulEnd();
        end.close();
        end.shutdown();

        assertThrows(InterruptedException.class, () -> end.interruptibly(() -> "started"));
    }

    @Test
    void whatIsWrittenBetweenTasksIsNotInterrupted() throws Exception {
        GracefulEnd end = new GracefulEnd();
        end.close();

        assertEquals("done", end.interruptibly(() -> "done"));
        end.shutdown();

        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void interruptThatComesTooLateForATaskDoesNotHitWhatFollows() throws Exception {
        GracefulEnd end = new GracefulEnd();
        end.close();

        String result = end.interruptibly(() -> {
            end.shutdown();
            return "done";
        });

        assertEquals("done", result);
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
