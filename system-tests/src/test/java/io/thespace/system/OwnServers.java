package io.thespace.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test class that starts servers and data stores of its own and changes nothing of the shared {@link Stage}. Such classes run
 * one after the other, beside the classes that play on the stage ({@code junit-platform.properties} names the two threads). One
 * that asks the stage something holds {@link Stage#keepRunning}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Execution(ExecutionMode.CONCURRENT)
@interface OwnServers {}
