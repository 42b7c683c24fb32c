// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.channel;

import dev.cairn.channel.guix.GuixSource;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.util.List;
import java.util.Optional;

/** What can be done with channels. Calls block. */
public interface ChannelActions {
    /** All channels, that of the highest priority first, without going to any network. */
    List<ChannelRow> list() throws CairnException;

    /** How many packages the enabled channels have together, each name counted once. */
    int packages() throws CairnException;

    /** Has the catalog follow what the folders of channels hold now, without going to any network. */
    void reread() throws CairnException;

    /**
     * Fetches what a channel offers now, or what all enabled ones do. Afterwards the catalog has it.
     *
     * @return whether the packages changed
     * @throws CairnException when nothing usable could be fetched at all
     */
    boolean fetch(Optional<String> channel, EventSink events) throws CairnException;

    /**
     * Adds a channel.
     *
     * @param source the absolute name of a folder, or a line as apt's {@code sources.list} has it
     */
    void add(String name, String source) throws CairnException;

    /** What can be offered of GNU Guix. */
    GuixOffer guixOffer();

    /** Adds the packages of GNU Guix, as a Data Service lists them. */
    void addGuix(String name, GuixWish wish) throws CairnException;

    /**
     * Reads a list of channels, such as a {@code channels.scm}; adds nothing and goes to no network.
     *
     * @param file its name
     * @param service the address of a Guix Data Service that is to be asked for what it names
     * @throws CairnException when it cannot be read without running it, or names what that service cannot be asked for
     */
    ListedGuix readList(String file, String service) throws CairnException;

    /** Adds what a list says of Guix. @param farms as {@link GuixWish} has it */
    void addListed(String name, GuixSource source, boolean farms) throws CairnException;

    /** Has a channel offer what it offered at another time. */
    void switchRevision(String name, int number) throws CairnException;

    /**
     * Has the catalog show nothing but one channel as it was at another revision, without switching to it.
     *
     * @param revision the number of one that is kept, or a commit, which is fetched if need be
     */
    void lookInto(String name, String revision, EventSink events) throws CairnException;

    /** Ends looking into the past. */
    void lookAtPresent() throws CairnException;

    /** What is looked into, if not the present. */
    Optional<Past> past() throws CairnException;

    void setEnabled(String name, boolean enabled) throws CairnException;

    void setPriority(String name, int priority) throws CairnException;

    void remove(String name) throws CairnException;
}
