package dev.barevirt.qmp.event;

/** The guest was asked to power down; it may take its time. */
public record Powerdown() implements QmpEvent {}
