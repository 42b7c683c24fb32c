// SPDX-License-Identifier: Apache-2.0
/**
 * OpenPGP signatures (RFC 9580) over texts and files, checked against keys that somebody else decided to trust. Reading
 * of keyrings, armour and the cleartext framework is strict and bounded; the mathematics are Bouncy Castle's. Octets
 * only.
 */
@NullMarked
package dev.cairn.openpgp;

import org.jspecify.annotations.NullMarked;
