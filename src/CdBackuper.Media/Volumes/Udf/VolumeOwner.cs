namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// What an implementation use volume descriptor of UDF's says (UDF 2.01 §2.2.7): three texts that a person may fill in.
/// </summary>
/// <param name="Texts">Owner, organisation, contact, as far as there are any.</param>
internal sealed record VolumeOwner(IReadOnlyList<string> Texts)
{
    /// <returns>Null when it is of another kind.</returns>
    public static VolumeOwner? Read(ReadOnlySpan<byte> bytes)
    {
        if (!UdfText.IsEntity(bytes[20..], "*UDF LV Info"u8))
        {
            return null;
        }

        string?[] texts =
        [
            UdfText.DecodeField(bytes.Slice(244, 36)),
            UdfText.DecodeField(bytes.Slice(280, 36)),
            UdfText.DecodeField(bytes.Slice(316, 36)),
        ];
        return new([.. texts.OfType<string>()]);
    }
}
