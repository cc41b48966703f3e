using System.Globalization;
using System.Security.Cryptography;

namespace CdBackuper.Bench;

/// <summary>Files of noise, which nothing can compress, of lengths between half and one and a half times the mean.</summary>
internal static class SourceFiles
{
    public static void Make(string folder, int count, int meanBytes, int folders)
    {
        for (var number = 0; number < count; number++)
        {
            var below = Directory.CreateDirectory(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"FOLDER{number % folders:D3}")));
            var length = (meanBytes / 2) + (int)((long)meanBytes * (number * 7919L % 1000) / 1000);
            File.WriteAllBytes(
                Path.Combine(below.FullName, string.Create(CultureInfo.InvariantCulture, $"IMG_{number:D5}.JPG")),
                RandomNumberGenerator.GetBytes(length));
        }
    }
}
