// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.util.Collection;
import java.util.List;

/**
 * The revisions of a channel that keeps what it fetched: generations of what it offers, as profiles have generations of
 * what is installed. Safe for use by several threads and processes.
 */
public interface RevisionHistory {
    /** Those that are kept, by ascending number; goes to no network. */
    List<ChannelRevision> revisions() throws CairnException;

    /**
     * Makes a revision that is kept the one that the channel offers.
     *
     * @throws ChannelException.NoRevision when there is none of that number
     */
    void switchTo(int number) throws CairnException;

    /**
     * Makes the revision before the current one the one that the channel offers.
     *
     * @return the one that is current now
     * @throws ChannelException.NoRevision when there is none before
     */
    ChannelRevision rollBack() throws CairnException;

    /** Deletes revisions; the current one stays. @throws ChannelException.NoRevision when there is none of a number */
    void delete(Collection<Integer> numbers) throws CairnException;

    /**
     * The channel as it was at another revision, without switching to it.
     *
     * @param revision the number of one that is kept, or a commit: that of one that is kept, shortened to no less than
     *     seven digits, or in full one that is to be fetched now and kept beside the others
     */
    Channel at(String revision, EventSink events) throws CairnException;
}
