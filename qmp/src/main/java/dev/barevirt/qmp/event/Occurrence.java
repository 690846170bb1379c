package dev.barevirt.qmp.event;

import java.time.Instant;

/**
 * An event with its place in the order of events of one connection.
 *
 * @param sequence counts up by one from the connection's first event
 * @param at when it happened, by QEMU's clock
 * @param event what happened
 */
public record Occurrence(long sequence, Instant at, QmpEvent event) {}
