;;; What no reader can tell without running it; what can be told is found all the same.

(define-module (demo packages dynamic)
  #:use-module (guix packages)
  #:use-module (guix utils)
  #:use-module (demo packages base))

;; Package: conditional 1
;; Propagates: cup@1.0
;; Unknown: '(if ...)' cannot be read without running it
(define-public conditional
  (package
    (name "conditional")
    (version "1")
    (propagated-inputs
     `(("cup" ,cup)
       ,@(if (target-x86?) `(("saucer" ,saucer)) '())))))

;; Package: mapped 1
;; Propagates:
;; Unknown: '(map ...)' cannot be read without running it
(define-public mapped
  (package
    (name "mapped")
    (version "1")
    (propagated-inputs (map cadr (package-inputs spoon)))))

;; Package: nowhere 1
;; Propagates: cup@1.0 saucer@2.1
;; Unknown: 'not-defined' is defined nowhere that could be read
(define-public nowhere
  (package
    (name "nowhere")
    (version "1")
    (propagated-inputs (list cup not-defined saucer))))

;; Package: private 1
;; Propagates:
;; Unknown: 'secret' is defined nowhere
(define-public private
  (package
    (name "private")
    (version "1")
    (propagated-inputs (list secret))))

;; Package: assigning 1
;; Propagates:
;; Unknown: what 'assigned' stands for cannot be told
(define-public assigning
  (package
    (name "assigning")
    (version "1")
    (propagated-inputs (list assigned))))

;; Package: round 1
;; Propagates:
;; Unknown: without end
(define-public round
  (package
    (name "round")
    (version "1")
    (propagated-inputs (package-propagated-inputs round))))

;; Package: a-source 1
;; Propagates: cup@1.0
;; Unknown: '(origin ...)'
(define-public a-source
  (package
    (name "a-source")
    (version "1")
    (propagated-inputs
     `(("cup" ,cup)
       ("source" ,(origin (uri "x")))))))

;; Package: macro-made 1
;; Propagates:
;; Unknown: no definition of 'macro-made' 1 that can be read
(define-public macro-made
  (simple-package "macro-made" "1"))

;; Package: clause 1
;; Propagates:
;; Unknown: '(swap ...)' is no clause of modify-inputs
(define-public clause
  (package
    (inherit spoon)
    (name "clause")
    (version "1")
    (propagated-inputs
     (modify-inputs (package-propagated-inputs spoon)
       (swap "cup" saucer)))))

;; Package: fields 1
;; Propagates:
;; Unknown: stands for cannot be told
(define-public fields
  (package
    (name "fields")
    (version "1")
    (inputs (list cup))
    (propagated-inputs inputs)))

;; Package: parameter 1
;; Propagates: cup@1.0
;; Unknown: what 'other' stands for cannot be told
(define (make-it other)
  (package
    (name "parameter")
    (version "1")
    (propagated-inputs (list cup other))))

;; Package: shadowed 1
;; Propagates:
;; Unknown: what 'cup' stands for cannot be told
(define-public shadowed
  (match (some-list)
    ((cup saucer)
     (package
       (name "shadowed")
       (version "1")
       (propagated-inputs (list cup))))))

;; Package: growing 1
;; Propagates:
;; Unknown: more than 5000 inputs
(define grow-1 (list cup cup cup cup cup cup cup cup cup cup))
(define grow-2 (append grow-1 grow-1 grow-1 grow-1 grow-1 grow-1 grow-1 grow-1 grow-1 grow-1))
(define grow-3 (append grow-2 grow-2 grow-2 grow-2 grow-2 grow-2 grow-2 grow-2 grow-2 grow-2))
(define grow-4 (append grow-3 grow-3 grow-3 grow-3 grow-3 grow-3 grow-3 grow-3 grow-3 grow-3))
(define-public growing
  (package
    (name "growing")
    (version "1")
    (propagated-inputs grow-4)))

;; Package: openssl 3.0
;; Propagates:
;; Unknown: '(certificates ...)' cannot be read without running it
(define-public openssl
  (package
    (name "openssl")
    (version "3.0")
    (native-search-paths (certificates))))

;; Package: leaving 1
;; Propagates:
;; Unknown: not below the profile
(define-public leaving
  (package
    (name "leaving")
    (version "1")
    (native-search-paths
     (list (search-path-specification (variable "A") (files '("../x")))))))
