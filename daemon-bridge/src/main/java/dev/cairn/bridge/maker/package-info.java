// SPDX-License-Identifier: Apache-2.0
/**
 * Lets daemons that lack Cairn's own builders make what those make (docs/daemon.md): the files are made on this machine
 * and described, and the daemon builds a derivation whose builder, the <em>maker</em>, a program of a few hundred
 * octets, writes them anew from the description. So the daemon itself finds what they refer to.
 */
@NullMarked
package dev.cairn.bridge.maker;

import org.jspecify.annotations.NullMarked;
