// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.ChannelException;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.ChannelHome;
import dev.cairn.git.Commits;
import java.util.Optional;

/** What a list of channels says of Guix, as a Data Service can be asked for it. Nothing of it is guessed. */
public final class StatedSource {
    private static final String HEADS = "refs/heads/";

    private StatedSource() {}

    /**
     * The source that has what a channel's definition names: its commit, or its branch.
     *
     * @param own whose service is asked; its commits are known by their hashes, its branches by where they are
     * @throws ChannelException when that service cannot be asked for it
     */
    public static GuixSource of(GuixSource own, ChannelDefinition guix) throws ChannelException {
        if (guix.commit().isPresent()) {
            return at(own, guix, commit(guix.commit().get()));
        }
        if (guix.branch().isEmpty()) {
            throw unusable("the list names neither a branch nor a commit of Guix", "Name one of them.");
        }
        if (own.home().filter(home -> home.hasBranchesOf(guix.url())).isEmpty()) {
            throw unusable(
                    "the list follows a branch of '" + guix.url() + "', and the repository '" + own.repository()
                            + "' of " + own.service() + " is not known to be that one",
                    "Name a commit in the list, or add a channel for a service that lists that repository: 'cairn"
                            + " channel add NAME URL --type=guix --channels=FILE'.");
        }
        return at(own, guix, Optional.empty());
    }

    /**
     * The source of a new channel that stays with what a list says, its modules where that says.
     *
     * @param own whose service is asked
     * @param vouched whether the user named the service for this list: who does so says that it lists the repository
     *     that the list names
     */
    public static GuixSource ofNew(GuixSource own, ChannelDefinition guix, boolean vouched) throws ChannelException {
        ChannelHome home = ChannelHome.of(guix);
        return vouched ? of(own.withHome(home), guix) : of(own, guix).withHome(home);
    }

    private static Optional<String> commit(String stated) throws ChannelException {
        if (!Commits.isFull(stated)) {
            throw unusable(
                    "the list names the commit '" + stated + "', and services know commits by all their digits",
                    "Write all 40 of them; in a copy of Guix's repository 'git rev-parse " + stated + "' tells them.");
        }
        return Optional.of(stated);
    }

    private static GuixSource at(GuixSource own, ChannelDefinition guix, Optional<String> commit)
            throws ChannelException {
        String branch = guix.branch()
                .map(name -> name.startsWith(HEADS) ? name.substring(HEADS.length()) : name)
                .orElse(own.branch());
        try {
            return new GuixSource(own.service(), own.repository(), branch, commit, own.servers(), own.stated());
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()), "Correct the list.");
        }
    }

    private static ChannelException unusable(String message, String hint) {
        return new ChannelException.NoRevision(message, Optional.of(hint));
    }
}
