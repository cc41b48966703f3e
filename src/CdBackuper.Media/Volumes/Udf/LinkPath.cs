namespace CdBackuper.Media.Volumes.Udf;

/// <summary>The path that a symbolic link holds, as components (ECMA-167 4/14.16).</summary>
internal static class LinkPath
{
    private const int FixedLength = 4;

    /// <param name="bytes">The link's content.</param>
    /// <param name="path">The path as far as it can be understood, as Linux writes it.</param>
    /// <returns>False when the content is no path.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string path)
    {
        var (parts, isValid, isAbsolute) = (new List<string>(), true, false);
        while (bytes.Length >= FixedLength)
        {
            var length = bytes[1];
            if (FixedLength + length > bytes.Length)
            {
                isValid = false;
                break;
            }

            switch (bytes[0])
            {
                case 1: // a root on which both sides agreed
                case 2:
                    isAbsolute = true;
                    parts.Clear();
                    break;
                case 3:
                    parts.Add("..");
                    break;
                case 4:
                    parts.Add(".");
                    break;
                case 5:
                    isValid &= UdfText.TryDecode(bytes.Slice(FixedLength, length), out var name);
                    parts.Add(name);
                    break;
                default:
                    isValid = false;
                    break;
            }

            bytes = bytes[(FixedLength + length)..];
        }

        path = (isAbsolute ? "/" : "") + string.Join('/', parts);
        return isValid && bytes.IsEmpty;
    }
}
