// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireException;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import java.time.Duration;
import java.util.List;

/**
 * What a client has asked for on its connection so far. Each request for options replaces the fixed ones, while named
 * settings stay until they are named again, and substitutes, once refused, stay so.
 */
final class ClientOptions {
    private final ServerSetup setup;
    private final Peer peer;
    private final ClientSettings named;
    private boolean withoutSubstitutes;

    ClientOptions(ServerSetup setup, Peer peer) {
        this.setup = setup;
        this.peer = peer;
        this.named = new ClientSettings(peer.trusted());
    }

    /** The settings made by name. */
    ClientSettings named() {
        return named;
    }

    /**
     * What holds from now on.
     *
     * @throws WireException when a setting has not the form it must have
     */
    SessionOptions apply(OptionsRequest request) throws WireException {
        named.put(request.settings());
        withoutSubstitutes |= !request.substitutes();
        return new SessionOptions(log(request), builds(request), settings(request));
    }

    private LogOptions log(OptionsRequest request) throws WireException {
        return new LogOptions(
                toInt(request.verbosity()),
                toInt(request.buildVerbosity()),
                request.logType() == 0,
                request.traces(),
                named.multiplexed(false));
    }

    private BuildOptions builds(OptionsRequest request) throws WireException {
        BuildOptions.Builder builds = setup.builds()
                .change()
                .keepFailed(request.keepFailed() && !peer.remote())
                .keepGoing(request.keepGoing())
                .fallback(request.fallback());
        request.maxJobs().ifPresent(number -> builds.maxJobs(toInt(number)));
        request.maxSilence().ifPresent(seconds -> builds.maxSilence(Duration.ofSeconds(seconds)));
        request.cores().ifPresent(number -> builds.cores(toInt(number)));
        return named.builds(builds.build());
    }

    private StoreSettings settings(OptionsRequest request) throws WireException {
        StoreSettings settings = named.settings(
                setup.settings().change().offload(request.offload()).build());
        return withoutSubstitutes ? settings.change().substitutes(false).build() : settings;
    }

    /** Where substitutes would come from. */
    List<String> substituteUrls(StoreSettings settings) {
        return settings.substitutes() ? named.substituteUrls().orElse(settings.substituteUrls()) : List.of();
    }

    private static int toInt(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
