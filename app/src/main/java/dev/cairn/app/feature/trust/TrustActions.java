// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.List;

/** What can be done about trust. Calls block; changes come one after the other, whoever asks for them. */
public interface TrustActions {
    /** How things are; goes to no network. */
    TrustSnapshot read() throws CairnException;

    /** Has what a key signs believed from now on. @param name what the user calls it; may be blank */
    void believe(SignerKey key, String name) throws CairnException;

    /** Has what a key signs believed no more. What came in with it stays. */
    void revoke(SignerKey key) throws CairnException;

    /** Makes the store's own key. */
    void makeOwnKey() throws CairnException;

    /** Chooses where substitutes come from, the first asked first. */
    void setServers(List<String> urls) throws CairnException;

    /**
     * Puts servers at the end of the list, and has their keys believed: all of it, or nothing. What is known already
     * keeps its place and its name.
     */
    void addServers(List<NewServer> servers) throws CairnException;

    /** A server with its key. @param name what the key is called */
    record NewServer(String url, SignerKey key, String name) {}

    /**
     * Asks a server what it says of itself.
     *
     * @throws CairnException when it does not answer, or is no server of items
     */
    ServerAnswer ask(String url) throws CairnException;

    /** Gets the key that a server of Guix's kind says is its own. */
    SignerKey keyOf(String url) throws CairnException;

    /** Reads the text of a file that should hold a key. */
    String readFile(Path file) throws CairnException;

    /** A server answered. @param usable whether its items are for this store @param says of which store they are */
    record ServerAnswer(boolean usable, String says) {}
}
