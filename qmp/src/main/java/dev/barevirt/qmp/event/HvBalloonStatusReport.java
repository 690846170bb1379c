package dev.barevirt.qmp.event;

/**
 * A Windows guest reported its memory; since QEMU 8.2.
 *
 * @param committed in use, in bytes
 * @param available free, in bytes
 */
public record HvBalloonStatusReport(long committed, long available) implements QmpEvent {}
