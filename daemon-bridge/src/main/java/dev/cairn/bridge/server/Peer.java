// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.Client;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.OptionalInt;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Who is at the other end of a connection. The system vouches for users at Unix-domain sockets; others are strangers.
 *
 * @param client what the store is told
 * @param remote whether it came over a network, be it the machine's own
 * @param account whose the connection counts as where there is a limit
 */
record Peer(Client client, boolean remote, String account) {
    private static final int ROOT = 0;

    /** The other end of an accepted connection. */
    static Peer of(SocketChannel channel) throws IOException {
        SocketAddress address = channel.getRemoteAddress();
        if (address instanceof InetSocketAddress internet) {
            return new Peer(
                    new Client(Optional.empty(), Optional.empty(), false),
                    true,
                    internet.getAddress().getHostAddress());
        }
        UnixDomainPrincipal principal = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        OptionalInt uid = uid(principal.user());
        OptionalInt gid = gid(principal.group());
        Optional<Client.Owner> owner = uid.isPresent() && gid.isPresent()
                ? Optional.of(new Client.Owner(uid.getAsInt(), gid.getAsInt()))
                : Optional.empty();
        boolean trusted = uid.isPresent() && uid.getAsInt() == ROOT;
        String name = principal.user().getName();
        return new Peer(new Client(Optional.of(name), owner, trusted), false, name);
    }

    /**
     * The number of a user. The JDK does not tell it, but looks users up by it, so what its principals hash to is only
     * a guess that is put to the test.
     */
    private static OptionalInt uid(UserPrincipal user) throws IOException {
        int guess = user.hashCode();
        try {
            UserPrincipal guessed = lookup().lookupPrincipalByName(Integer.toUnsignedString(guess));
            return guessed.equals(user) ? OptionalInt.of(guess) : OptionalInt.empty();
        } catch (UserPrincipalNotFoundException _) {
            return OptionalInt.empty();
        }
    }

    /** The number of a group, found likewise. */
    private static OptionalInt gid(GroupPrincipal group) throws IOException {
        int guess = group.hashCode();
        try {
            GroupPrincipal guessed = lookup().lookupPrincipalByGroupName(Integer.toUnsignedString(guess));
            return guessed.equals(group) ? OptionalInt.of(guess) : OptionalInt.empty();
        } catch (UserPrincipalNotFoundException _) {
            return OptionalInt.empty();
        }
    }

    private static UserPrincipalLookupService lookup() {
        return FileSystems.getDefault().getUserPrincipalLookupService();
    }

    /** Whether it may do what only the superuser of this machine may. */
    boolean trusted() {
        return client.trusted();
    }

    /** As the journal names it. */
    String description() {
        return client.user().map(user -> "user " + user).orElse(account);
    }
}
