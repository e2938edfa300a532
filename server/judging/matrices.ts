/** A square matrix, row after row. Of a lower triangle only what is on and below the diagonal counts. */
export type Square = Float64Array;

/** The sum of products of two runs of `length` numbers, in four parts so that the processor works on them at once. */
export function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += (a[atA + k] as number) * (b[atB + k] as number);
    s1 += (a[atA + k + 1] as number) * (b[atB + k + 1] as number);
    s2 += (a[atA + k + 2] as number) * (b[atB + k + 2] as number);
    s3 += (a[atA + k + 3] as number) * (b[atB + k + 3] as number);
  }
  for (; k < length; k++) s0 += (a[atA + k] as number) * (b[atB + k] as number);
  return s0 + s1 + (s2 + s3);
}

/**
 * Replaces the lower triangle of a positive definite matrix by L with L L' = it (Cholesky). Answers log|it|, or null when it is not
 * positive definite to the precision of the numbers.
 */
export function cholesky(matrix: Square, size: number): number | null {
  let logDeterminant = 0;
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j < i; j++) {
      const other = j * size;
      matrix[row + j] = ((matrix[row + j] as number) - dot(matrix, row, matrix, other, j)) / (matrix[other + j] as number);
    }
    const pivot = (matrix[row + i] as number) - dot(matrix, row, matrix, row, i);
    if (!(pivot > 0)) return null;
    matrix[row + i] = Math.sqrt(pivot);
    logDeterminant += Math.log(pivot);
  }
  return logDeterminant;
}

/** Solves L L' x = right in place. */
export function solve(lower: Square, size: number, right: Float64Array): Float64Array {
  for (let i = 0; i < size; i++) {
    right[i] = ((right[i] as number) - dot(lower, i * size, right, 0, i)) / (lower[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    const value = (right[i] as number) / (lower[i * size + i] as number);
    right[i] = value;
    for (let k = 0; k < i; k++) right[k] = (right[k] as number) - (lower[i * size + k] as number) * value;
  }
  return right;
}

/** The columns of L^-1, one after the other: column j begins at j * size and is zero before its j-th number. */
export function inverseColumns(lower: Square, size: number): Float64Array {
  const columns = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const at = j * size;
    columns[at + j] = 1 / (lower[at + j] as number);
    for (let i = j + 1; i < size; i++) {
      columns[at + i] = -dot(lower, i * size + j, columns, at + j, i - j) / (lower[i * size + i] as number);
    }
  }
  return columns;
}
