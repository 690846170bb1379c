package dev.barevirt.qmp.event;

/** The virtual CPUs have stopped. */
public record Stop() implements QmpEvent {}
