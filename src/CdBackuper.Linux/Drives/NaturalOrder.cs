namespace CdBackuper.Linux.Drives;

/// <summary>Ordinal order, but runs of digits count as numbers: sr2 comes before sr10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    private NaturalOrder()
    {
    }

    internal static NaturalOrder Comparer { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            var leftDigits = DigitsAt(left, i);
            var rightDigits = DigitsAt(right, j);
            var order = leftDigits.Length > 0 && rightDigits.Length > 0
                ? CompareNumbers(leftDigits, rightDigits)
                : left[i].CompareTo(right[j]);
            if (order != 0)
            {
                return order;
            }

            i += Math.Max(leftDigits.Length, 1);
            j += Math.Max(rightDigits.Length, 1);
        }

        var rest = (left.Length - i).CompareTo(right.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(left, right);
    }

    private static ReadOnlySpan<char> DigitsAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text.AsSpan(start, end - start);
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }
}
