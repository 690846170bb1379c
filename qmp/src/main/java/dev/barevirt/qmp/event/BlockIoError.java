package dev.barevirt.qmp.event;

/**
 * A disk transfer failed.
 *
 * @param qomPath the device's path, since QEMU 9.2
 * @param device the block device, if it has a name
 * @param nodeName the block node
 * @param operation read or write
 * @param action what is done about it
 * @param nospace whether the host's disk is full
 * @param reason why, for people
 */
public record BlockIoError(
    String qomPath,
    String device,
    String nodeName,
    IoOperation operation,
    IoErrorAction action,
    boolean nospace,
    String reason)
    implements QmpEvent {}
