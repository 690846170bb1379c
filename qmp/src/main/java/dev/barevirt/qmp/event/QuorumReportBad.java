package dev.barevirt.qmp.event;

/**
 * One copy of a quorum disagrees or failed.
 *
 * @param type read, write or flush
 * @param error what went wrong, for people
 * @param nodeName the copy
 * @param sectorNum the first sector
 * @param sectorsCount how many
 */
public record QuorumReportBad(
    String type, String error, String nodeName, long sectorNum, long sectorsCount)
    implements QmpEvent {}
