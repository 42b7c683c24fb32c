// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.guix.definition.ChannelHome;
import dev.cairn.git.Commits;
import dev.cairn.narinfo.ServerAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a channel of Guix's packages comes from.
 *
 * @param service the address of a Guix Data Service, such as {@code https://data.guix.gnu.org}, without a slash at its
 *     end
 * @param repository the label of a repository that the service knows, such as {@code guix}
 * @param branch of that repository, such as {@code master}
 * @param commit the one to stay at, 40 hexadecimal digits; empty to follow the branch
 * @param servers those that are known to serve its packages; named to the user, never asked by the channel itself
 * @param stated where the modules are that the packages are made from, where somebody said so
 */
public record GuixSource(
        URI service,
        String repository,
        String branch,
        Optional<String> commit,
        List<String> servers,
        Optional<ChannelHome> stated) {
    /** What a repository of Guix is called where nobody said otherwise. */
    public static final String REPOSITORY = "guix";

    /** The branch that is followed where nobody said otherwise. */
    public static final String BRANCH = "master";

    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException when a part cannot be what it should be; the message says which */
    public GuixSource {
        service = plain(service);
        check(isLabel(repository), "'" + repository + "' cannot be the label of a repository");
        check(isLabel(branch), "'" + branch + "' cannot be the name of a branch");
        check(commit.map(Commits::isFull).orElse(true), "a commit is given with all its 40 hexadecimal digits");
        servers = List.copyOf(servers);
    }

    /** One of which nobody said where its modules are. */
    public GuixSource(URI service, String repository, String branch, Optional<String> commit, List<String> servers) {
        this(service, repository, branch, commit, servers, Optional.empty());
    }

    /** Where the modules are: as stated, else Guix's own place for a repository of the usual label. */
    public Optional<ChannelHome> home() {
        return stated.or(() -> repository.equals(REPOSITORY) ? Optional.of(ChannelHome.GUIX) : Optional.empty());
    }

    /** The same with the modules elsewhere. */
    public GuixSource withHome(ChannelHome home) {
        return new GuixSource(service, repository, branch, commit, servers, Optional.of(home));
    }

    private static void check(boolean right, String problem) {
        if (!right) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static URI plain(URI service) {
        String scheme = Optional.ofNullable(service.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        check(
                (scheme.equals("https") || scheme.equals("http"))
                        && service.getHost() != null
                        && service.getRawUserInfo() == null
                        && service.getRawQuery() == null
                        && service.getRawFragment() == null,
                "'" + ServerAddress.shown(service.toString()) + "' is not of the form https://HOST");
        return URI.create(service.toString().replaceAll("/+$", ""));
    }

    private static boolean isLabel(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
