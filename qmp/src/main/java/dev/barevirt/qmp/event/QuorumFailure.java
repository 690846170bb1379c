package dev.barevirt.qmp.event;

/**
 * Too few copies of a quorum agree.
 *
 * @param reference the quorum's name
 * @param sectorNum the first sector
 * @param sectorsCount how many
 */
public record QuorumFailure(String reference, long sectorNum, long sectorsCount)
    implements QmpEvent {}
