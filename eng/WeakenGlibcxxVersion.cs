using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ResNet.Build
{
    /// <summary>
    /// Copies an ELF library and marks its request for GLIBCXX_3.4.32 as weak. The only symbol under that version,
    /// an empty marker that libstdc++ 13 added for &lt;iostream&gt;, has no relocation, so nothing is called through it;
    /// with the weak flag (gABI, VER_FLG_WEAK) an older loader goes on without the version.
    /// </summary>
    public sealed class WeakenGlibcxxVersion : Task
    {
        private const string Version = "GLIBCXX_3.4.32";
        private const string Marker = "_ZSt21ios_base_library_initv";
        private const int WeakFlag = 2;
        private const int SectionHeaderBytes = 64;
        private const uint WithoutBytes = 8;
        private const uint DynamicSymbols = 11;
        private const uint VersionNeeds = 0x6ffffffe;
        private const uint VersionOfSymbols = 0x6fffffff;

        [Required]
        public string Source { get; set; }

        [Required]
        public string Destination { get; set; }

        public override bool Execute()
        {
            byte[] bytes;
            string outcome;
            try
            {
                bytes = File.ReadAllBytes(Source);
                outcome = Weaken(bytes);
            }
            catch (Exception fault) when (fault is InvalidDataException || fault is OverflowException)
            {
                Log.LogError(null, "RESNET002", null, Source, 0, 0, 0, 0,
                    "'{0}' is not a library that can be made loadable on systems with an older libstdc++: {1} "
                    + "Restore the TorchSharp package again, or set PatchTorchSharpForOldLibstdcxx to false.", Source, fault.Message);
                return false;
            }
            catch (IOException fault)
            {
                Log.LogError(null, "RESNET002", null, Source, 0, 0, 0, 0,
                    "'{0}' cannot be read: {1} Restore the TorchSharp package again.", Source, fault.Message);
                return false;
            }

            // By content: times and lengths of the files say nothing about whether the version at hand was cured.
            if (File.Exists(Destination) && bytes.SequenceEqual(File.ReadAllBytes(Destination)))
            {
                return true;
            }

            Replace(bytes);
            Log.LogMessage(MessageImportance.Normal, "{0}: {1}", Destination, outcome);
            return true;
        }

        /// <summary>A new file, renamed into place: never a write through a hard link into the package cache.</summary>
        private void Replace(byte[] bytes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
            string temporary = Destination + "." + Guid.NewGuid().ToString("N") + ".tmp";
            File.WriteAllBytes(temporary, bytes);
            if (File.Exists(Destination))
            {
                File.Replace(temporary, Destination, null);
            }
            else
            {
                File.Move(temporary, Destination);
            }
        }

        private static string Weaken(byte[] elf)
        {
            if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
            {
                throw new InvalidDataException("it is not a 64-bit little-endian ELF file.");
            }

            long headers = Offset(elf, 0x28);
            int headerSize = UInt16(elf, 0x3A);
            int headerCount = UInt16(elf, 0x3C);
            long symbols = -1, symbolBytes = 0, strings = 0, versions = -1, needs = -1;
            int needCount = 0;
            for (int i = 0; i < headerCount; i++)
            {
                long header = checked(headers + (long)i * headerSize);
                uint type = UInt32(elf, header + 4);
                RefuseCutSection(elf, header, type);
                if (type == DynamicSymbols)
                {
                    symbols = Offset(elf, header + 0x18);
                    symbolBytes = Offset(elf, header + 0x20);
                    strings = Offset(elf, checked(headers + (long)UInt32(elf, header + 0x28) * headerSize + 0x18));
                }
                else if (type == VersionOfSymbols)
                {
                    versions = Offset(elf, header + 0x18);
                }
                else if (type == VersionNeeds)
                {
                    needs = Offset(elf, header + 0x18);
                    needCount = checked((int)UInt32(elf, header + 0x2C));
                }
            }

            if (symbols < 0 || versions < 0 || needs < 0)
            {
                throw new InvalidDataException("it has no dynamic symbols with versions.");
            }

            long request = FindRequest(elf, needs, needCount, strings);
            if (request < 0)
            {
                return "does not ask for " + Version + "; copied as it is";
            }

            int flags = UInt16(elf, request + 4);
            if ((flags & WeakFlag) != 0)
            {
                return "asks for " + Version + " weakly already; copied as it is";
            }

            RefuseOtherSymbols(elf, symbols, symbolBytes, strings, versions, UInt16(elf, request + 6));
            elf[request + 4] = (byte)(flags | WeakFlag);
            return "now asks for " + Version + " weakly";
        }

        /// <summary>The table of sections ends most libraries, so this finds whatever is missing from one.</summary>
        private static void RefuseCutSection(byte[] elf, long header, uint type)
        {
            Checked(elf, header, SectionHeaderBytes);
            if (type != WithoutBytes)
            {
                long size = Offset(elf, header + 0x20);
                Offset(elf, header + 0x18, elf.Length - size);
            }
        }

        private static long FindRequest(byte[] elf, long needs, int needCount, long strings)
        {
            long need = needs;
            for (int i = 0; i < needCount; i++)
            {
                long request = need + UInt32(elf, need + 8);
                int requestCount = UInt16(elf, need + 2);
                for (int j = 0; j < requestCount; j++)
                {
                    if (Text(elf, strings + UInt32(elf, request + 8)) == Version)
                    {
                        return request;
                    }

                    request += UInt32(elf, request + 12);
                }

                need += UInt32(elf, need + 12);
            }

            return -1;
        }

        /// <summary>Another symbol under the version would be a real need, which no flag can take away.</summary>
        private static void RefuseOtherSymbols(byte[] elf, long symbols, long symbolBytes, long strings, long versions, int version)
        {
            for (long i = 0; i < symbolBytes / 24; i++)
            {
                if ((UInt16(elf, versions + 2 * i) & 0x7fff) != version)
                {
                    continue;
                }

                string name = Text(elf, strings + UInt32(elf, symbols + 24 * i));
                if (name != Marker)
                {
                    throw new InvalidDataException("it needs '" + name + "' of " + Version + ", which an older libstdc++ does not have.");
                }
            }
        }

        private static long Offset(byte[] elf, long at)
        {
            return Offset(elf, at, elf.Length);
        }

        private static long Offset(byte[] elf, long at, long limit)
        {
            long value = BitConverter.ToInt64(elf, Checked(elf, at, 8));
            if (value < 0 || value > limit)
            {
                throw new InvalidDataException("an offset or size of " + value + " lies outside its " + elf.Length + " bytes; the file is truncated or damaged.");
            }

            return value;
        }

        private static ushort UInt16(byte[] elf, long at)
        {
            return BitConverter.ToUInt16(elf, Checked(elf, at, 2));
        }

        private static uint UInt32(byte[] elf, long at)
        {
            return BitConverter.ToUInt32(elf, Checked(elf, at, 4));
        }

        private static string Text(byte[] elf, long at)
        {
            int start = Checked(elf, at, 1);
            int end = Array.IndexOf(elf, (byte)0, start);
            if (end < 0)
            {
                throw new InvalidDataException("a name at offset " + at + " has no end; the file is truncated or damaged.");
            }

            return Encoding.ASCII.GetString(elf, start, end - start);
        }

        private static int Checked(byte[] elf, long at, int size)
        {
            if (at < 0 || at > elf.Length - size)
            {
                throw new InvalidDataException("offset " + at + " lies outside its " + elf.Length + " bytes; the file is truncated or damaged.");
            }

            return (int)at;
        }
    }
}
