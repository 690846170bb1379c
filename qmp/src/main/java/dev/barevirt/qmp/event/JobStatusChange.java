package dev.barevirt.qmp.event;

/**
 * A background job changed its state.
 *
 * @param id its id
 * @param status the new state
 */
public record JobStatusChange(String id, JobStatus status) implements QmpEvent {}
