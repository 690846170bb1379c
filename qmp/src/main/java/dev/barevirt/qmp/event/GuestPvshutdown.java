package dev.barevirt.qmp.event;

/** The guest asked to be shut down through its panic device; since QEMU 9.1. */
public record GuestPvshutdown() implements QmpEvent {}
