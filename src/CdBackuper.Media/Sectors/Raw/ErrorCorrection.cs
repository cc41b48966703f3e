namespace CdBackuper.Media.Sectors.Raw;

/// <summary>
/// ECC: the Reed-Solomon product code of Mode 1 and Mode 2 Form 1 (ECMA-130 Annex A). Every byte lies in a vector of P and
/// one of Q; a vector finds and mends one wrong byte by itself, or two of which it is known where they are.
/// </summary>
/// <remarks>
/// A vector with more errors than it can mend may be "mended" into something wrong. So nothing here is believed until the
/// check sum over the whole sector is right; each way begins from the sector as it was.
/// </remarks>
internal static class ErrorCorrection
{
    /// <summary>A round that changes nothing ends the work before; real sectors need two or three.</summary>
    private const int MaxRounds = 12;

    /// <param name="sector">2352 bytes; for Mode 2 the header must be zeros. Undefined when false is returned.</param>
    /// <param name="isRight">Judges the sector by its check sum.</param>
    /// <returns>True when the sector is right now.</returns>
    public static bool TryCorrect(Span<byte> sector, Func<ReadOnlySpan<byte>, bool> isRight)
    {
        Span<byte> original = stackalloc byte[RawSector.Size];
        sector.CopyTo(original);
        for (var way = 0; way < 3; way++)
        {
            original.CopyTo(sector);
            var isDone = way switch
            {
                0 => TryWay(sector, CodeVectors.P, CodeVectors.Q, MendSingles, isRight),
                1 => TryWay(sector, CodeVectors.Q, CodeVectors.P, MendSingles, isRight),
                _ => TryWay(sector, CodeVectors.Q, CodeVectors.P, MendWhereBothFail, isRight),
            };
            if (isDone)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryWay(
        Span<byte> sector, CodeVectors first, CodeVectors second, Mend mend, Func<ReadOnlySpan<byte>, bool> isRight)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var isChanged = mend(sector, first, second);
            isChanged |= mend(sector, second, first);
            if (isRight(sector))
            {
                return true;
            }

            if (!isChanged)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Mends every vector that one wrong byte explains.</summary>
    private static bool MendSingles(Span<byte> sector, CodeVectors code, CodeVectors other)
    {
        var isChanged = false;
        for (var vector = 0; vector < code.Count; vector++)
        {
            var places = code[vector];
            var (sum, weighted) = Syndromes(sector, places);
            if (sum == 0 || weighted == 0)
            {
                // right, or wrong in several bytes: one wrong byte shows in both
                continue;
            }

            var power = GaloisField.Logarithm(GaloisField.Divide(weighted, sum));
            if (power < places.Length)
            {
                sector[places[places.Length - 1 - power]] ^= sum;
                isChanged = true;
            }
        }

        return isChanged;
    }

    /// <summary>
    /// Takes for wrong what lies in a failing vector of both codes, and mends the vectors with two such bytes or one. So two
    /// columns of which nothing is right come back.
    /// </summary>
    private static bool MendWhereBothFail(Span<byte> sector, CodeVectors code, CodeVectors other)
    {
        Span<bool> isSuspect = stackalloc bool[RawSector.Size];
        for (var vector = 0; vector < other.Count; vector++)
        {
            if (Syndromes(sector, other[vector]) != (0, 0))
            {
                foreach (var place in other[vector])
                {
                    isSuspect[place] = true;
                }
            }
        }

        var isChanged = false;
        for (var vector = 0; vector < code.Count; vector++)
        {
            var syndromes = Syndromes(sector, code[vector]);
            isChanged |= syndromes != (0, 0) && TryMendSuspects(sector, code[vector], isSuspect, syndromes);
        }

        return isChanged;
    }

    private static bool TryMendSuspects(
        Span<byte> sector, ReadOnlySpan<ushort> places, ReadOnlySpan<bool> isSuspect, (byte Sum, byte Weighted) syndromes)
    {
        var (first, second, count) = (0, 0, 0);
        for (var index = 0; index < places.Length; index++)
        {
            if (isSuspect[places[index]])
            {
                (first, second, count) = (second, index, count + 1);
            }
        }

        if (count is 0 or > 2)
        {
            return false;
        }

        if (count == 1)
        {
            sector[places[second]] ^= syndromes.Sum;
            return syndromes.Sum != 0;
        }

        // e1 + e2 = sum; e1 a + e2 b = weighted; so e1 (a + b) = weighted + b sum
        var (a, b) = (GaloisField.Power(places.Length - 1 - first), GaloisField.Power(places.Length - 1 - second));
        var error = GaloisField.Divide(
            (byte)(syndromes.Weighted ^ GaloisField.Multiply(b, syndromes.Sum)), (byte)(a ^ b));
        sector[places[first]] ^= error;
        sector[places[second]] ^= (byte)(error ^ syndromes.Sum);
        return true;
    }

    /// <returns>Both zero for a vector that is right: the rows of the parity check matrix (Annex A.5 and A.6).</returns>
    private static (byte Sum, byte Weighted) Syndromes(ReadOnlySpan<byte> sector, ReadOnlySpan<ushort> places)
    {
        byte sum = 0, weighted = 0;
        foreach (var place in places)
        {
            // Horner: the first byte ends with the highest power
            weighted = (byte)((weighted << 1) ^ (weighted >> 7) * 0x11D ^ sector[place]);
            sum ^= sector[place];
        }

        return (sum, weighted);
    }

    private delegate bool Mend(Span<byte> sector, CodeVectors code, CodeVectors other);
}
