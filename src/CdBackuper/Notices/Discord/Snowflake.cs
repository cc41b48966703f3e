using System.Globalization;

namespace CdBackuper.Notices.Discord;

/// <summary>An id of Discord's: 64 bits, a decimal string in JSON. Higher ids are younger.</summary>
internal readonly record struct Snowflake(ulong Value) : IComparable<Snowflake>
{
    /// <summary>Discord's first second, 2015-01-01, in milliseconds of Unix time (API reference, Snowflakes).</summary>
    private const long Epoch = 1_420_070_400_000;

    /// <summary>When it was given out.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds((long)(Value >> 22) + Epoch);

    /// <returns>False for what is no decimal number of 64 bits; null too.</returns>
    public static bool TryParse(string? text, out Snowflake id)
    {
        var isNumber = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        id = new(value);
        return isNumber;
    }

    /// <returns>The id as Discord writes it.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public int CompareTo(Snowflake other) => Value.CompareTo(other.Value);
}
