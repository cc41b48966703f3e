namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What a primary volume descriptor says (ECMA-167 3/10.1).</summary>
/// <param name="Name">The volume's identifier, which is often a number: the logical volume's is its name.</param>
/// <param name="VolumeSet">The volume set's identifier.</param>
/// <param name="Uuid">See <see cref="UdfUuid"/>.</param>
/// <param name="Application">What made it.</param>
/// <param name="Implementation">Whose code wrote the descriptor.</param>
/// <param name="Created">When; null where there is no valid time.</param>
/// <param name="IsTimeValid">False where the time is none.</param>
internal sealed record PrimaryVolume(
    string? Name,
    string? VolumeSet,
    string? Uuid,
    string? Application,
    string? Implementation,
    DateTimeOffset? Created,
    bool IsTimeValid)
{
    public static PrimaryVolume Read(ReadOnlySpan<byte> bytes)
    {
        var isTimeValid = UdfTime.TryRead(bytes.Slice(376, UdfTime.Length), out var created);
        return new(
            UdfText.DecodeField(bytes.Slice(24, 32)),
            UdfText.DecodeField(bytes.Slice(72, 128)),
            UdfUuid.Of(bytes.Slice(72, 128)),
            UdfText.DecodeEntity(bytes.Slice(344, 32)),
            UdfText.DecodeEntity(bytes.Slice(388, 32)),
            created,
            isTimeValid);
    }
}
