package dev.barevirt.qmp.event;

/** The guest woke from suspend. */
public record Wakeup() implements QmpEvent {}
