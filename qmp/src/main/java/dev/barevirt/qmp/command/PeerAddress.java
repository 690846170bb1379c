package dev.barevirt.qmp.command;

/**
 * One end of a graphical client's connection.
 *
 * @param host the address
 * @param service the port
 * @param family ipv4, ipv6, unix or vsock
 * @param websocket whether it speaks websocket
 */
public record PeerAddress(String host, String service, String family, boolean websocket) {}
