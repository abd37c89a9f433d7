package org.groundwork.networks.storage.erasure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A matrix over GF(2^8), row by row. */
final class Matrix {
  private final int rows;
  private final int columns;
  private final byte[] cells;

  Matrix(int rows, int columns, byte[] cells) {
    if (cells.length != rows * columns) {
      throw new IllegalArgumentException(rows + " x " + columns + " cells, not " + cells.length);
    }
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
  }

  /** Rows of the shards from data: identity, then 1 / (row ^ column). */
  static Matrix cauchy(Shape shape) {
    int columns = shape.data();
    Matrix matrix = new Matrix(shape.total(), columns, new byte[shape.total() * columns]);
    for (int i = 0; i < columns; i++) {
      matrix.set(i, i, (byte) 1);
    }
    for (int row = columns; row < shape.total(); row++) {
      for (int column = 0; column < columns; column++) {
        matrix.set(row, column, GaloisField.invert((byte) (row ^ column)));
      }
    }
    return matrix;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  byte get(int row, int column) {
    return cells[row * columns + column];
  }

  byte[] toArray() {
    return cells.clone();
  }

  Matrix rows(int from, int to) {
    return new Matrix(to - from, columns, Arrays.copyOfRange(cells, from * columns, to * columns));
  }

  Matrix select(List<Integer> chosen) {
    byte[] selected = new byte[chosen.size() * columns];
    for (int row = 0; row < chosen.size(); row++) {
      System.arraycopy(cells, chosen.get(row) * columns, selected, row * columns, columns);
    }
    return new Matrix(chosen.size(), columns, selected);
  }

  Matrix times(Matrix right) {
    Matrix product = new Matrix(rows, right.columns, new byte[rows * right.columns]);
    for (int row = 0; row < rows; row++) {
      for (int inner = 0; inner < columns; inner++) {
        product.addMultiple(row, get(row, inner), right, inner);
      }
    }
    return product;
  }

  /** The inverse, if there is one: Gauss and Jordan. */
  Optional<Matrix> inverse() {
    Matrix left = new Matrix(rows, columns, cells.clone());
    Matrix right = new Matrix(rows, rows, new byte[rows * rows]);
    for (int i = 0; i < rows; i++) {
      right.set(i, i, (byte) 1);
    }
    for (int pivot = 0; pivot < rows; pivot++) {
      int row = left.rowWith(pivot);
      if (row < 0) {
        return Optional.empty();
      }
      left.swap(pivot, row);
      right.swap(pivot, row);
      byte scale = GaloisField.invert(left.get(pivot, pivot));
      left.scale(pivot, scale);
      right.scale(pivot, scale);
      for (int other = 0; other < rows; other++) {
        byte factor = left.get(other, pivot);
        if (other != pivot && factor != 0) {
          left.addMultiple(other, factor, left, pivot);
          right.addMultiple(other, factor, right, pivot);
        }
      }
    }
    return Optional.of(right);
  }

  private void set(int row, int column, byte value) {
    cells[row * columns + column] = value;
  }

  private int rowWith(int pivot) {
    for (int row = pivot; row < rows; row++) {
      if (get(row, pivot) != 0) {
        return row;
      }
    }
    return -1;
  }

  private void swap(int a, int b) {
    byte[] kept = Arrays.copyOfRange(cells, a * columns, (a + 1) * columns);
    System.arraycopy(cells, b * columns, cells, a * columns, columns);
    System.arraycopy(kept, 0, cells, b * columns, columns);
  }

  private void scale(int row, byte factor) {
    for (int column = 0; column < columns; column++) {
      set(row, column, GaloisField.multiply(factor, get(row, column)));
    }
  }

  private void addMultiple(int row, byte factor, Matrix from, int fromRow) {
    for (int column = 0; column < columns; column++) {
      byte added = GaloisField.multiply(factor, from.get(fromRow, column));
      set(row, column, (byte) (get(row, column) ^ added));
    }
  }
}
