package dev.parley.security.address;

/**
 * Who sent a request, as far as the network tells.
 *
 * @param address of the client, not of a trusted proxy before it; for logs
 * @param countedAs what its requests are counted under: an IPv4 address, or the 64 leading bits of an IPv6 one, which is
 *     what one household has (RFC 6177)
 * @param ownMachine a program of this machine, by a loopback address and through no proxy
 * @param secure whether the client itself speaks TLS, to this server or to a trusted proxy
 */
public record Peer(String address, String countedAs, boolean ownMachine, boolean secure) {}
