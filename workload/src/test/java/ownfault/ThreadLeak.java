package ownfault;

import fourways.workload.Fault;
import fourways.workload.Scene;
import java.util.concurrent.CountDownLatch;

/** Starts threads that wait for something that never comes. */
public final class ThreadLeak implements Fault {

    /** A hundred, not all that the system has: it is not ours alone. */
    public static final int THREADS = 100;

    @Override
    public String faultName() {
        return "thread-leak";
    }

    @Override
    public void strike(Scene scene) {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            Thread.ofPlatform().daemon().name("leaked-" + i).start(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // Then it ends.
                }
            });
        }
        scene.fired("left " + THREADS + " threads behind");
    }
}
