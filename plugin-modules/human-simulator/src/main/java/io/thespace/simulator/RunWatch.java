package io.thespace.simulator;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadFactory;

/**
 * Triggers the simulator every second, and provides it with managed threads. Plugins are started while the server is
 * starting, when their threads cannot call beans: so a thread is requested only when needed. Plugins are started while
 * the server still starts, when no bean can be called on their threads: so it is asked for a thread only when one is
 * needed.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class RunWatch {

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private HumanSimulator simulator;

    private ThreadFactory given;

    public RunWatch() {}

    /** For use outside of a container, without a trigger. */
    RunWatch(ThreadFactory given) {
        this.given = given;
    }

    /** A thread of the server's. */
    public Thread thread(Runnable work) {
        return (given == null ? threads : given).newThread(work);
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void look() {
        simulator.look();
    }
}
