package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;

/**
 * What a customer says to the provider at an endpoint. Each method throws {@link ProviderException}
 * for what the provider answered, and another {@link IOException} where it did not. Safe for many
 * threads.
 */
interface ProviderClient {
  /** What the provider asks and how much room it has, unsigned. */
  Terms terms(String endpoint) throws IOException;

  /** The provider's price tag, not verified; empty if it has none. */
  Optional<PriceTag.Signed> price(String endpoint) throws IOException;

  /** Hands over a piece; it is durable there when this returns. */
  void put(String endpoint, PieceCommitment piece, byte[] content) throws IOException;

  /** Makes a deal; the gateway's promise of its report comes back. */
  Promise deal(String endpoint, SignedDeal deal) throws IOException;

  void end(String endpoint, Hash deal, Bytes signature) throws IOException;

  /** Whether the provider says that it holds a piece undamaged. */
  boolean holds(String endpoint, PieceCommitment piece);

  /** Fetches a whole piece; what comes is not verified here. */
  byte[] get(String endpoint, PieceCommitment piece, SignedVoucher voucher) throws IOException;

  /** The newest metadata root that an account left there, not verified; empty if there is none. */
  Optional<MetadataRoot.Signed> root(String endpoint, AccountId account) throws IOException;

  /** Leaves a metadata root. */
  void leave(String endpoint, MetadataRoot.Signed root) throws IOException;
}
