package io.thespace.simulator;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.ThreadFactory;

/** Threads that the server knows. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Threads {

    @Resource
    private ManagedThreadFactory factory;

    private ThreadFactory given;

    public Threads() {}

    /** Outside of a container. */
    Threads(ThreadFactory given) {
        this.given = given;
    }

    /** Makes them. */
    public ThreadFactory factory() {
        return given == null ? factory : given;
    }
}
