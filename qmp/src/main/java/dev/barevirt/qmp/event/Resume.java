package dev.barevirt.qmp.event;

/** The virtual CPUs run again. */
public record Resume() implements QmpEvent {}
