namespace CdBackuper.Media.Sectors.Raw;

/// <summary>
/// The vectors of one of the two codes that cross each other in a sector: which bytes each is made of. The words of two
/// bytes are coded apart, the even bytes for themselves and the odd ones (ECMA-130 Annex A.3).
/// </summary>
/// <param name="length">Bytes in a vector, the last two of them parity.</param>
/// <param name="places">The bytes of all vectors, one vector after the other, as offsets in a sector.</param>
internal sealed class CodeVectors(int length, ushort[] places)
{
    private const int WordsInRow = 43;
    private const int WordsBeforeQ = 26 * WordsInRow;

    /// <summary>P: 86 columns of (26,24).</summary>
    public static CodeVectors P { get; } = new(26, Places(WordsInRow, 26, static (column, row) => (WordsInRow * row) + column));

    /// <summary>Q: 52 diagonals of (45,43); their parity lies behind P's.</summary>
    public static CodeVectors Q { get; } = new(45, Places(26, 45, static (diagonal, place) => place < WordsInRow
        ? ((44 * place) + (WordsInRow * diagonal)) % WordsBeforeQ
        : WordsBeforeQ + ((place - WordsInRow) * 26) + diagonal));

    public int Count => places.Length / length;

    public int Length => length;

    /// <returns>The offsets in a sector of one vector's bytes.</returns>
    public ReadOnlySpan<ushort> this[int vector] => places.AsSpan(vector * length, length);

    private static ushort[] Places(int vectors, int length, Func<int, int, int> wordAt)
    {
        var places = new List<ushort>(2 * vectors * length);
        for (var vector = 0; vector < 2 * vectors; vector++)
        {
            for (var place = 0; place < length; place++)
            {
                places.Add((ushort)(RawSector.HeaderOffset + (2 * wordAt(vector / 2, place)) + (vector % 2)));
            }
        }

        return [.. places];
    }
}
