// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.CairnException;
import java.util.List;

/** All packages that can be chosen from. Quick: asked thousands of times for one request. For one thread at a time. */
public interface Candidates {
    /**
     * Those of one name, of all versions and architectures; equal builds (same version, architecture and digest) of
     * several channels once, as that of the highest priority.
     */
    List<Candidate> named(String name) throws CairnException;

    /** Those that provide a virtual package, whatever they are called; not those of that name itself. */
    List<Candidate> providing(String name) throws CairnException;

    /** Names of essential packages of the machine's own architecture. */
    List<String> essential() throws CairnException;

    /** The machine's own architecture, such as {@code amd64}. */
    String architecture();
}
