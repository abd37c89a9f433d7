package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.storage.wire.Challenges;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceProver;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * A piece that the court asks for (docs/decisions/court.md), read from where the provider keeps it.
 * Only reads, so that the provider may run meanwhile.
 */
public final class SummonedPiece {
  private static final String DATA = ".data";
  private static final String TREE = ".tree";

  private final PieceCommitment piece;
  private final Path folder;

  private SummonedPiece(PieceCommitment piece, Path folder) {
    this.piece = piece;
    this.folder = folder;
  }

  /**
   * The piece with this root.
   *
   * @param folder where files {@code CID.data} and {@code CID.tree} are
   * @throws IOException also if it is not there
   */
  public static SummonedPiece find(Path folder, Hash root, int height) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*" + DATA)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        PieceCommitment piece =
            PieceCommitment.parse(name.substring(0, name.length() - DATA.length()));
        if (piece.root().equals(root) && piece.height() == height) {
          return new SummonedPiece(piece, folder);
        }
      }
    }
    throw new IOException("no piece in " + folder + " has the root " + root);
  }

  /**
   * The proofs of the leaves that a summons asks for, in their order.
   *
   * @param deal id of the deal, which names what is challenged
   * @throws IOException also if the data is not what it was
   */
  public List<Bytes> proofs(Hash seed, Hash deal, int challenges) throws IOException {
    String name = piece.pieceCidV2();
    try (OpenPiece open =
        OpenPiece.open(piece, folder.resolve(name + DATA), folder.resolve(name + TREE))) {
      return proofs(open, piece, seed, deal, challenges);
    }
  }

  /** The same from a piece that is open. */
  static List<Bytes> proofs(
      OpenPiece open, PieceCommitment piece, Hash seed, Hash deal, int challenges)
      throws IOException {
    List<Bytes> proofs = new ArrayList<>(challenges);
    for (int i = 0; i < challenges; i++) {
      PieceProver.Answer answer = open.prove(Challenges.leaf(seed, deal, i, piece.leafCount()));
      if (answer.condition() != PieceProver.Condition.INTACT) {
        throw new IOException("piece " + piece.pieceCidV2() + " is damaged: " + answer.condition());
      }
      proofs.add(answer.proof().encode());
    }
    return proofs;
  }
}
