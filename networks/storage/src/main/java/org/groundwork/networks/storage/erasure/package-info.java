/**
 * Erasure code: k data shards become n, and any k of the n give the data back.
 *
 * <p>GF(2^8) over 0x11d with the Cauchy matrix of ISA-L's {@code gf_gen_cauchy1_matrix}: parity is
 * byte for byte the same with Intel's library and in pure Java. Not for rules: this talks to native
 * code.
 *
 * <p>Main types: {@link org.groundwork.networks.storage.erasure.ErasureCode}, {@link
 * org.groundwork.networks.storage.erasure.ErasureCodes}.
 */
@NullMarked
package org.groundwork.networks.storage.erasure;

import org.jspecify.annotations.NullMarked;
