;; Data made by GNU Guix (see expected.json beside this file).
(manifest
  (version 3)
  (packages
    (("foo"
      "1.0"
      "out"
      "/gnu/store/y83q5r1w077hfqa2j5kgbd0g35vavf2h-foo-1.0"
      (propagated-inputs ())
      (search-paths
        (("ONE_FILE"
          ("etc/foo.conf" "share/common/same.txt")
          #f
          regular
          #f)))
      (properties
        (transformations (with-input . "a=b"))
        (provenance
          (repository
            (version 0)
            (url "https://example.org/guix.git")
            (branch "master")
            (commit
              "0123456789abcdef0123456789abcdef01234567")
            (name guix)))))
     ("bar"
      "1.0"
      "out"
      "/gnu/store/28byvvi346dl56qy362bll08qf0p1ic0-bar-1.0"
      (propagated-inputs
        (("baz"
          "1.0"
          "out"
          "/gnu/store/yf0msr5bs494swhsk8pxpg91029392n0-baz-1.0"
          (propagated-inputs ())
          (search-paths
            (("GUILE_LOAD_PATH"
              ("lib/guile/3.0" "share/guile/site/3.0")
              ":"
              directory
              #f)
             ("XDOC"
              ("share/common")
              " "
              regular
              "^same\\.txt$")))
          (properties))))
      (search-paths
        (("PKG_CONFIG_PATH"
          ("lib/pkgconfig"
           "lib64/pkgconfig"
           "share/pkgconfig")
          ":"
          directory
          #f)))
      (properties))
     ("baz"
      "1.0"
      "out"
      "/gnu/store/yf0msr5bs494swhsk8pxpg91029392n0-baz-1.0"
      (propagated-inputs ())
      (search-paths
        (("GUILE_LOAD_PATH"
          ("lib/guile/3.0" "share/guile/site/3.0")
          ":"
          directory
          #f)
         ("XDOC"
          ("share/common")
          " "
          regular
          "^same\\.txt$")))
      (properties))
     ("qux"
      "1.0"
      "lib"
      "/gnu/store/770gblv8lx1394n7vwljq4qm59rfbvm2-qux-1.0"
      (propagated-inputs ())
      (search-paths ())
      (properties)))))
